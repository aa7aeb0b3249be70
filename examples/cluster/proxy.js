import { Agent, createServer, request } from 'node:http';

/** How often each node is asked whether it is ready. Milliseconds. */
const checkEvery = 500;

// A connection for each request: none of them breaks because a node closed it while it idled.
const agent = new Agent({ keepAlive: false });

/**
 * Sends each request to the next node that is ready, and to the one after that where a node
 * cannot be connected to. Tells nodes by which name and from where people call, as nodes that
 * trust this machine (WILLCALL_TRUSTED_PROXIES) take it.
 */
export function startProxy(ports, port) {
  const nodes = ports.map((each) => ({ port: each, isReady: true }));
  let turn = 0;

  const checking = setInterval(() => nodes.forEach(check), checkEvery);

  const server = createServer((incoming, outgoing) => {
    turn += 1;
    const inOrder = nodes.map((_, at) => nodes[(turn + at) % nodes.length]);
    // Where nobody seems ready, it is tried all the same.
    const ready = inOrder.filter((node) => node.isReady);
    pass(incoming, outgoing, ready.length > 0 ? ready : inOrder);
  });
  server.on('close', () => clearInterval(checking));
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', () => resolve(server));
  });
}

function check(node) {
  const asked = request({ port: node.port, path: '/health/ready', agent, timeout: checkEvery });
  asked.on('response', (answer) => {
    node.isReady = answer.statusCode === 200;
    answer.resume();
  });
  asked.on('timeout', () => asked.destroy());
  asked.on('error', () => (node.isReady = false));
  asked.end();
}

function pass(incoming, outgoing, [node, ...others]) {
  const { method, url, headers, socket } = incoming;
  const forwarded = {
    'x-forwarded-for': socket.remoteAddress,
    'x-forwarded-host': headers.host ?? '',
    'x-forwarded-proto': 'http',
  };
  const passed = request({
    port: node.port,
    method,
    path: url,
    agent,
    headers: { ...headers, ...forwarded, connection: 'close' },
  });
  let isConnected = false;
  passed.on('socket', (connection) =>
    connection.once('connect', () => {
      isConnected = true;
      incoming.pipe(passed);
    }),
  );
  passed.on('response', (answer) => {
    outgoing.writeHead(answer.statusCode, answer.headers);
    answer.pipe(outgoing);
  });
  passed.on('error', () => {
    // Nothing was sent yet. What was sent may have been done, and is not sent again.
    if (!isConnected && others.length > 0) return pass(incoming, outgoing, others);
    if (outgoing.headersSent) return outgoing.destroy();
    outgoing.writeHead(502, { 'content-type': 'text/plain' }).end('No node answers.\n');
  });
}
