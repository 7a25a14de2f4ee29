import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

import type { S3ClientConfig } from '@aws-sdk/client-s3';

export interface Answer {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
}

export interface Request {
  readonly method: string;
  readonly key: string;
  readonly headers: IncomingMessage['headers'];
  readonly body: string;
}

export interface AnsweringServer {
  readonly config: S3ClientConfig;
  readonly close: () => Promise<void>;
}

/** An answer with an error of S3 in its body. */
export const errorAnswer = (status: number, code: string): Answer => ({
  status,
  headers: { 'content-type': 'application/xml' },
  body: `<?xml version="1.0" encoding="UTF-8"?><Error><Code>${code}</Code><Message>…</Message></Error>`,
});

async function answerWith(answer: (request: Request) => Answer | 'lost', request: IncomingMessage, response: ServerResponse): Promise<void> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  const method = request.method ?? '';
  const key = new URL(request.url ?? '', 'http://s3').pathname;
  const answered = answer({ method, key, headers: request.headers, body: Buffer.concat(chunks).toString() });
  if (answered === 'lost') return void request.socket.destroy();
  response.writeHead(answered.status, answered.headers);
  // An answer to a HEAD has no body, whatever S3 has to say.
  response.end(method === 'HEAD' ? undefined : answered.body);
}

/**
 * A server on the loopback device that answers the requests of an S3 client with what it is told. It knows nothing of S3
 * and shows what the SDK makes of answers, not what S3 answers.
 *
 * @param answer called for each request; `lost` cuts the connection once the request has come in
 */
export async function answeringServer(answer: (request: Request) => Answer | 'lost'): Promise<AnsweringServer> {
  const server = createServer((request, response) => void answerWith(answer, request, response));
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  const { port } = server.address() as AddressInfo;
  return {
    config: { endpoint: `http://127.0.0.1:${port}`, forcePathStyle: true, region: 'us-east-1', credentials: { accessKeyId: 'id', secretAccessKey: 'secret' } },
    close: () =>
      new Promise((closed) => {
        server.close(() => closed());
        server.closeAllConnections();
      }),
  };
}
