import { expose, transfer } from 'comlink';
import type { DocumentPage, RemoteAnswer, RemoteRequest } from '../domain/remote';
import type { ConnectService } from '../domain/services';
import { Connection } from '../pipeline/connect';
import { carryErrors } from './errors';

/** The one thread that talks to servers which the person named; see `service-worker/connect-policy.ts`. */
class Connect extends Connection implements ConnectService {
  override async request(id: number, request: RemoteRequest): Promise<RemoteAnswer> {
    const answer = await super.request(id, request);
    return transfer(answer, [answer.body.buffer]);
  }

  override async documents(): Promise<DocumentPage | null> {
    const page = await super.documents();
    return page && transfer(page, [...new Set(page.files.map(({ bytes }) => bytes.buffer))]);
  }
}

carryErrors();
expose(new Connect(self.location.search));
