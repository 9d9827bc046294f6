import { Agent, get } from 'node:http';

/** The number of clients at the same time. */
export const CLIENTS = 4;

/**
 * A few clients that send requests as fast as they are answered; always the same one, so that no
 * heap grows.
 */
export function startLoad(port: number) {
  const agent = new Agent({ keepAlive: true, maxSockets: CLIENTS });
  const counts = { answered: 0, lost: 0 };
  let isOver = false;
  const client = async () => {
    while (!isOver) {
      if (await isAnswered(port, agent)) counts.answered++;
      else counts.lost++;
    }
  };
  const clients = Array.from({ length: CLIENTS }, client);
  return {
    counts,
    async stop() {
      isOver = true;
      await Promise.all(clients);
      agent.destroy();
      return counts;
    },
  };
}

function isAnswered(port: number, agent: Agent): Promise<boolean> {
  return new Promise((resolve) => {
    const request = get({ host: '127.0.0.1', port, path: '/same', agent }, (response) => {
      response.resume();
      response.on('end', () => resolve(response.statusCode === 200));
      response.on('error', () => resolve(false));
    });
    request.on('error', () => resolve(false));
  });
}
