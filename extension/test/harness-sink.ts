import { createServer } from "node:http";
import type { AddressInfo, Socket } from "node:net";

/**
 * A proxy that connects to nothing and writes down who wanted to go where: the
 * whole browser is pointed at it, so a request that any code makes is seen here.
 */
export interface Sink {
  readonly port: number;
  /** "GET http://…" or "CONNECT host:port", in order */
  readonly wanted: readonly string[];
  close(): Promise<void>;
}

export async function openSink(): Promise<Sink> {
  const wanted: string[] = [];
  const sockets = new Set<Socket>();
  const server = createServer((req, res) => {
    wanted.push(`${req.method ?? ""} ${req.url ?? ""}`);
    res.writeHead(502).end();
  });
  server.on("connect", (req, socket) => {
    wanted.push(`CONNECT ${req.url ?? ""}`);
    socket.end("HTTP/1.1 502 Bad Gateway\r\n\r\n");
  });
  server.on("connection", (s) => {
    sockets.add(s);
    s.on("close", () => sockets.delete(s));
    s.on("error", () => s.destroy());
  });
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  return {
    port: (server.address() as AddressInfo).port,
    wanted,
    close: () =>
      new Promise((done) => {
        for (const s of sockets) s.destroy();
        server.close(() => { done(); });
      }),
  };
}
