import { ElasticTestServer, type ServerOptions } from '../test/elastic/server';
import { expect, test as base } from './fixtures';
import { MOTIFS, png } from './make-images';

/** What a server with a login has to allow besides. */
export const HEADERS = 'X-Requested-With, Content-Type, Content-Length, Authorization';

export const test = base.extend<{ elastic: (options?: ServerOptions) => Promise<ElasticTestServer> }>({
  elastic: async ({ agreed }, use) => {
    const started: ElasticTestServer[] = [];
    await use(async (options) => {
      const server = await new ElasticTestServer(options).start();
      started.push(server);
      agreed.add(server.url);
      fill(server);
      return server;
    });
    for (const server of started) await server.stop();
  },
});

/** 60 drawn pictures of three motifs, and one document without. */
function fill(server: ElasticTestServer): void {
  const index = server.create('rays', {
    frame_content: { type: 'binary' },
    device: { type: 'keyword' },
    taken: { type: 'date' },
  });
  const motifs = Object.entries(MOTIFS).slice(0, 3);
  for (let i = 0; i < 60; i++) {
    const [device, motif] = motifs[i % 3];
    const frame_content = png(64, 64, motif(i)).toString('base64');
    index.put(`ray-${i}`, { frame_content, device, taken: Date.UTC(2024, 0, 1) + i * 86_400_000 });
  }
  index.put('ray-wrong', { frame_content: '!', device: 'none', taken: Date.UTC(2024, 5, 1) });
}

export { expect };
