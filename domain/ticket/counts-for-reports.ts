import type { EventType, TicketEvent } from './event.ts';

/** Which events a figure of a report is made of. Every type is named, so that a new one has to be decided on. */
const counts: Record<EventType, boolean> = {
  opened: true,
  triaged: true,
  acknowledged: false,
  assigned: true,
  transferred: true,
  replied: true,
  'customer-replied': true,
  noted: false,
  paused: true,
  resumed: true,
  warned: true,
  escalated: true,
  'escalation-acknowledged': true,
  resolved: true,
  reopened: true,
  closed: true,
  reminded: false,
  'survey-sent': true,
  'survey-skipped': true,
  'survey-reminded': true,
  'survey-answered': true,
  'survey-expired': true,
  'remediation-opened': true,
  'remediation-contacted': true,
  'remediation-called': true,
  'remediation-closed': true,
  'mail-bounced': true,
  quarantined: true,
  'needs-human': false,
};

export const countsForReports = ({ type }: TicketEvent): boolean => counts[type];
