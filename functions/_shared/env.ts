import * as z from 'zod/mini';

const text = z.string().check(z.minLength(1));

/** Functions that read or write the desk table. */
export const tableEnv = { TABLE_NAME: text };

/** Functions that check a capability link a person holds. */
export const secretEnv = { LINK_SECRET_ARN: text };

/** Functions that work with customers' files. */
export const uploadEnv = { UPLOAD_BUCKET: text };

/** Functions whose pages let a browser post files to the bucket: the bucket's host. */
export const uploadHostEnv = { UPLOAD_HOST: text };

/** Functions that lead a browser back to the desk. */
export const publicEnv = { PUBLIC_URL: text };

/** Functions that hand out links and reply addresses: the key they are signed with, and where they lead. */
export const linkEnv = { ...secretEnv, PUBLIC_URL: text, DESK_ADDRESS: text };

/**
 * The variables of a function, checked once per cold start; the only place that reads the process environment. A missing
 * variable is a thrown error that names it.
 */
export const readEnv = <T extends z.ZodMiniObject>(schema: T): z.infer<T> => {
  const read = schema.safeParse(process.env);
  if (read.success) return read.data;
  const names = read.error.issues.map((issue) => issue.path.join('.')).join(', ');
  throw new Error(`The environment of this function lacks or has empty: ${names}.`);
};
