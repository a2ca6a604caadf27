import { fileURLToPath } from 'node:url';
import { compileDesk } from '../desk/compile.ts';
import { Bundles } from './bundling/bundles.ts';
import { carelineStage } from './stage.ts';

const here = (path: string) => fileURLToPath(new URL(`../${path}`, import.meta.url));

// The functions carry the desk's files inside them, so these come first.
const { warnings } = await compileDesk();
for (const warning of warnings) console.warn(warning);
// It imports them itself, so it can only be read once they are there.
const { writeContract } = await import('../functions/show-contract/write.ts');
await writeContract();
const bundles = await Bundles.of(here('functions'), here('build/functions'));
carelineStage({
  bundles,
  workflowsDir: here('workflows'),
  outdir: process.env.CDK_OUTDIR ?? here('cdk.out'),
}).app.synth();
