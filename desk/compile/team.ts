import type { z } from 'zod';
import type { Agent, Category } from '../../domain/policy.ts';
import type { categoriesFile, teamFile } from '../schema.ts';
import { didYouMean } from './mistakes.ts';
import { compileReach } from './reach.ts';
import type { Source } from './source.ts';

/** `groups` and `categories` are the names other files define; undefined when those have mistakes. */
export const compileTeam = (
  source: Source,
  file: z.output<typeof teamFile>,
  groups: readonly string[] | undefined,
  categories: readonly string[] | undefined,
): Agent[] => {
  const ids = new Set<string>();
  const emails = new Set<string>();
  const team = file.team.map((agent, index): Agent => {
    const at = ['team', index];
    if (ids.has(agent.id)) source.wrong([...at, 'id'], `there is another agent "${agent.id}"; name them apart`);
    if (emails.has(agent.email.toLowerCase()))
      source.wrong([...at, 'email'], `"${agent.email}" belongs to another agent; each needs an address of their own`);
    ids.add(agent.id);
    emails.add(agent.email.toLowerCase());
    agent.groups.forEach((group, place) => {
      if (groups !== undefined && !groups.includes(group))
        source.wrong(
          [...at, 'groups', place],
          `group "${group}" is not defined in policy.yaml${didYouMean(group, groups)}`,
        );
    });
    if (agent.groups.length === 0 && (agent.role === 'agent' || agent.role === 'senior'))
      source.wrong([...at, 'groups'], `"${agent.id}" is in no group and would never get work; name one`);
    agent.languages.forEach((language, place) => {
      if (!/^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$/.test(language))
        source.wrong([...at, 'languages', place], `"${language}" is no language tag; write it like en, de or pt-BR`);
    });
    const skills = agent.skills === 'all' ? [...(categories ?? [])] : agent.skills;
    skills.forEach((skill, place) => {
      if (categories !== undefined && !categories.includes(skill))
        source.wrong(
          [...at, 'skills', place],
          `category "${skill}" is not defined in categories.yaml${didYouMean(skill, categories)}`,
        );
    });
    const { id, name, email, groups: works, tier, role, languages, capacity } = agent;
    const reached = compileReach(source, at, agent);
    return { id, name, email, groups: works, tier, role, languages, skills, capacity, ...reached };
  });
  for (const group of groups ?? [])
    if (!team.some((agent) => agent.groups.includes(group)))
      source.wrong(['team'], `group "${group}" of policy.yaml has nobody in it; add it to an agent`);
  return team;
};

export const compileCategories = (
  source: Source,
  file: z.output<typeof categoriesFile>,
  groups: readonly string[] | undefined,
  languages: readonly string[] | undefined,
): Category[] => {
  const owners = new Map<string, string>();
  const ids = new Set<string>();
  file.categories.forEach((category, index) => {
    const at = ['categories', index];
    if (ids.has(category.id))
      source.wrong([...at, 'id'], `there is another category "${category.id}"; name them apart`);
    ids.add(category.id);
    if (groups !== undefined && !groups.includes(category.group))
      source.wrong(
        [...at, 'group'],
        `group "${category.group}" is not defined in policy.yaml${didYouMean(category.group, groups)}`,
      );
    for (const language of languages ?? [])
      if (category.names[language] === undefined)
        source.wrong([...at, 'names'], `category "${category.id}" has no name in "${language}"; add it`);
    category.keywords.forEach((word, place) => {
      const owner = owners.get(word.toLowerCase());
      if (owner !== undefined)
        source.wrong(
          [...at, 'keywords', place],
          `"${word}" is also a keyword of "${owner}"; keep it in one of the two`,
        );
      owners.set(word.toLowerCase(), category.id);
    });
  });
  if (!ids.has('other')) source.wrong(['categories'], 'category "other" is missing; it takes what fits nowhere else');
  return file.categories;
};
