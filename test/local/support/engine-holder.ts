import { Engine } from '../../../local/dynamodb/engine.ts';

// A process that starts the engine, says its port, and stays until it is killed.
const engine = new Engine({ onLoss: () => process.exit(1) });
await engine.start();
process.stdout.write(`${engine.port}\n`);
setInterval(() => undefined, 60_000);
