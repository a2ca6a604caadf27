import type { MailContent, TemplateName } from './owed.ts';

const TEAM_TEMPLATES: ReadonlySet<TemplateName> = new Set([
  'warning',
  'escalation',
  'recovery',
  'outage',
  'feedback',
  'recovery-overdue',
  'call-customer',
  'recovery-left',
]);

/** Mail to the desk's own people; all other mail goes to a customer, who may answer it. */
export const isForTheTeam = ({ template }: MailContent): boolean => TEAM_TEMPLATES.has(template);
