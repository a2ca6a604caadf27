import { aFunction, aMapping, aQueue, aWorld, queueArn } from './world.ts';

// Runs Lambda and SQS on the store given, accepts an event and a message whose handlers hang, says so, and waits for its end.
const [file = ''] = process.argv.slice(2);
const hangs = 'exports.handler = async () => { await new Promise((done) => setTimeout(done, 9000)); };';
const world = await aWorld({
  file,
  code: { later: hangs, taker: hangs },
  resources: [aQueue('owed'), aFunction('later'), aFunction('taker'), aMapping('taker', queueArn('owed'))],
});
await world.invoke('later', { n: 1 }, { InvocationType: 'Event' });
await world.send('owed', { n: 2 });
await world.send('owed', { n: 3 }, { DelaySeconds: 10 });
process.stdout.write('acknowledged\n');
setInterval(() => {}, 1000);
