/** Why a customer is not asked, in words a lead can read; each is recorded (no silent non-sending). */
export const WHY_NOT = {
  reopened: 'The ticket was reopened before anything was asked.',
  merged: 'The ticket became a part of another, which is asked about in its place.',
  'being-put-right': 'A low rating is being put right; whether it was is asked afterwards.',
  erased: 'Everything the desk held of this customer was erased.',
  'closed-without-answer': 'The ticket was closed because the customer had fallen silent.',
  'solved-by-article': 'An article solved it before a person answered.',
  'no-human-reply': 'No person answered in this cycle, so there is nothing to rate.',
  'resolved-long-ago': 'It was resolved so long ago that nobody remembers.',
  'requester-is-staff': 'The requester is one of the desk’s own people.',
  'requester-is-desk': 'The requester is the desk’s own address.',
  'on-never-ask-list': 'The policy names this address or its domain among those that are never asked.',
  'no-address': 'There is no address or number to write to.',
  'address-suppressed': 'The address bounced for good or complained.',
  'opted-out': 'The customer does not want to be asked.',
  'held-out': 'The customer is among those who are asked nothing, by lot.',
  'not-sampled': 'This ticket is not in the sample, by lot.',
  'ask-open': 'The customer has not answered the last question yet.',
  'asked-enough': 'The customer was asked often enough lately.',
} as const;

export type WhyNot = keyof typeof WHY_NOT;
export type Eligibility = { ask: true } | { ask: false; why: WhyNot };
