import { agreedOrigins } from '../domain/origins';
import type { RemoteAnswer, RemoteRequest } from '../domain/remote';
import type { ConnectService } from '../domain/services';
import { requestFrom } from '../sources/remote/request';

/** Requests to the origins that a query names, each cancelled by its number. */
export class Connection implements ConnectService {
  private readonly agreed: readonly string[];
  private readonly running = new Map<number, AbortController>();

  /** `search`: the query of the worker's own address. Its policy names the same origins where the host sends one. */
  constructor(search: string) {
    this.agreed = agreedOrigins(search);
  }

  async request(id: number, request: RemoteRequest): Promise<RemoteAnswer> {
    const controller = new AbortController();
    this.running.set(id, controller);
    return requestFrom(this.agreed, request, controller.signal).finally(() => this.running.delete(id));
  }

  async cancel(id: number): Promise<void> {
    this.running.get(id)?.abort();
  }
}
