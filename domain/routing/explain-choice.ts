import type { Choice, WhyNot } from './choose-agent.ts';

/** Beyond so many, the rest is counted: a reason is read by people. */
const NAMED = 8;

const WORDS: Record<WhyNot, string> = {
  away: 'away',
  full: 'full',
  excepted: 'not to be asked',
  'no-senior': 'no senior',
  language: 'without the language',
  skill: 'without the skill',
  busier: 'with more to do',
  'later-turn': 'given work more recently',
};

/** `ada (2 of 30). Not ben: with more to do (3); dan: full (30).` */
export const explainChoice = ({ agent, others }: Choice): string => {
  const chosen = agent === undefined ? '' : `${agent.id} (${agent.load} of ${agent.capacity}).`;
  if (others.length === 0) return chosen;
  const named = others.slice(0, NAMED).map(({ agent: { id, load }, why }) => {
    const figure = why === 'busier' || why === 'full' ? ` (${load})` : '';
    return `${id}: ${WORDS[why]}${figure}`;
  });
  const more = others.length > NAMED ? `; and ${others.length - NAMED} more` : '';
  return `${chosen === '' ? '' : `${chosen} `}Not ${named.join('; ')}${more}.`;
};
