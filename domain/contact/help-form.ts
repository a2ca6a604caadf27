interface Spec {
  /** Characters. */
  most: number;
  required?: true;
  /** One of the answers shown. */
  choices?: true;
}

/** The fields of the contact form, in the order of the page. */
export const HELP_FIELD_NAMES = [
  'subject',
  'message',
  'category',
  'impact',
  'urgency',
  'name',
  'email',
  'phone',
  'device',
  'browser',
  'appVersion',
  'errorCode',
  'steps',
] as const;
export type HelpField = (typeof HELP_FIELD_NAMES)[number];

export const HELP_FIELDS: Record<HelpField, Spec> = {
  subject: { most: 300, required: true },
  /** So many fit into a request in any script, as a form writes them. */
  message: { most: 20_000, required: true },
  category: { most: 64, choices: true },
  impact: { most: 16, choices: true },
  urgency: { most: 16, choices: true },
  name: { most: 200, required: true },
  email: { most: 254, required: true },
  phone: { most: 40 },
  device: { most: 200 },
  browser: { most: 200 },
  appVersion: { most: 100 },
  errorCode: { most: 200 },
  steps: { most: 1000 },
};

/** What is wrong with a field, by the word that says so. */
export type HelpError = 'required' | 'too-long' | 'email' | 'phone' | 'choice';

/** What stands in the form; `zone` is what the browser's script filled in. */
export type HelpValues = { [field in HelpField | 'zone']?: string };
