import { aMark } from '../../adapters/bedrock/ask-model.ts';
import type { Category } from '../../domain/policy.ts';
import type { Models } from '../../domain/ports.ts';
import { categorise, type Opinion } from '../../domain/triage/categorise.ts';
import type { CategoryModel } from '../../domain/triage/classifier.ts';
import { type AskModel, askModel } from '../../domain/triage/model-opinion.ts';
import type { Rules } from '../_shared/desk.ts';

export interface OpinionDeps extends Pick<Rules, 'policy'> {
  categories: Category[];
  models: Pick<Models, 'newest'>;
  /** Only when the policy says so: nothing else may reach a model. */
  model?: AskModel;
}

/** What has learned is asked in turn, and only where no rule finds a category: first the desk's own, then a model. */
export const opinionsOn = async (
  chosen: string | undefined,
  text: string,
  { policy, categories, models, model }: OpinionDeps,
): Promise<Opinion[]> => {
  if (categorise(chosen, text, categories).rule !== 'category.fallback') return [];
  const own = await askOwn(await models.newest(), text, policy);
  if (own?.category !== undefined || model === undefined) return own === undefined ? [] : [own];
  const said = await askModel(model, text, categories, policy, aMark());
  return own === undefined ? [said] : [own, said];
};

/** Loaded when there is a model to ask: most desks have none, and most texts need none. */
const askOwn = async (
  newest: CategoryModel | undefined,
  text: string,
  policy: Rules['policy'],
): Promise<Opinion | undefined> => {
  if (newest === undefined) return undefined;
  const { askClassifier } = await import('../../domain/triage/classifier.ts');
  return askClassifier(newest, text, policy);
};
