/**
 * Stands in for `@aws-sdk/credential-provider-node` in every bundle. Lambda hands the role's credentials to a function in
 * its environment (AWS Lambda guide, "Defined runtime environment variables"), so the rest of the chain (profiles, SSO,
 * web identity, instance metadata) is code that can only make a start slower. Measured in docs/decisions/0001-bundles.md.
 */
interface Credentials {
  accessKeyId: string;
  secretAccessKey: string;
  sessionToken?: string;
}

/** What the SDK calls to find credentials; throws `CredentialsMissing` when the environment has none. */
export const defaultProvider = () => async (): Promise<Credentials> => {
  const { AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY, AWS_SESSION_TOKEN } = process.env;
  if (!AWS_ACCESS_KEY_ID || !AWS_SECRET_ACCESS_KEY) {
    throw Object.assign(new Error('AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY are not in the environment.'), {
      name: 'CredentialsMissing',
    });
  }
  return {
    accessKeyId: AWS_ACCESS_KEY_ID,
    secretAccessKey: AWS_SECRET_ACCESS_KEY,
    ...(AWS_SESSION_TOKEN ? { sessionToken: AWS_SESSION_TOKEN } : {}),
  };
};
