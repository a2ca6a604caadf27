import type { Server } from 'node:http';
import { createServer as createProbe } from 'node:net';
import { Refusal } from './refusal.ts';

const refusalOf = (error: unknown, name: string, port: number): unknown => {
  const code = typeof error === 'object' && error !== null && 'code' in error ? error.code : undefined;
  if (code === 'EADDRINUSE') {
    return new Refusal(
      `Port ${port} is in use: end what listens there, or choose another with --${name} (0: any free one)`,
    );
  }
  if (code === 'EACCES') return new Refusal(`Port ${port} is not allowed to this user: choose another with --${name}`);
  return error;
};

/** Listens on 127.0.0.1; resolves with the port. `name` is the flag that chooses it, for the message. */
export const listen = (server: Server, name: string, port: number): Promise<number> =>
  new Promise((done, failed) => {
    server.once('error', (error) => failed(refusalOf(error, name, port)));
    server.listen(port, '127.0.0.1', () => {
      const address = server.address();
      done(typeof address === 'object' && address ? address.port : port);
    });
  });

/** A port that is free now: the given one, or any when it is 0. For servers that listen only once all else stands. */
export const freePort = (name: string, port: number): Promise<number> =>
  new Promise((done, failed) => {
    const probe = createProbe();
    probe.once('error', (error) => failed(refusalOf(error, name, port)));
    probe.listen(port, '127.0.0.1', () => {
      const address = probe.address();
      const found = typeof address === 'object' && address ? address.port : port;
      probe.close(() => done(found));
    });
  });
