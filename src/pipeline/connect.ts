import { agreedOrigins } from '../domain/origins';
import type { RemoteAnswer, RemoteRequest } from '../domain/remote';
import { requestFrom } from '../sources/remote/request';
import { Elastic } from './elastic';

/** Milliseconds in which a breach of the policy is told after the request that it ended. */
const TELLING_MS = 50;

/** Requests to the origins that a query names, each cancelled by its number, and what is made of them. */
export class Connection extends Elastic {
  private readonly agreed: readonly string[];
  private readonly running = new Map<number, AbortController>();
  /** What the policy refused: addresses, or origins where the browser keeps the rest to itself. */
  private readonly refused: string[] = [];

  /** `search`: the query of the worker's own address. Its policy names the same origins where the host sends one. */
  constructor(search: string) {
    const agreed = agreedOrigins(search);
    super((request, signal) => requestFrom(agreed, request, signal));
    this.agreed = agreed;
    globalThis.addEventListener?.('securitypolicyviolation', (event) => {
      this.refused.push((event as SecurityPolicyViolationEvent).blockedURI);
    });
  }

  async request(id: number, request: RemoteRequest): Promise<RemoteAnswer> {
    const controller = new AbortController();
    this.running.set(id, controller);
    const refused = (origin: string): Promise<boolean> => this.wasRefused(origin);
    return requestFrom(this.agreed, request, controller.signal, { refused }).finally(() =>
      this.running.delete(id),
    );
  }

  /** An agreed origin is refused only for where it redirects to: a breach names the address that was asked for. */
  private async wasRefused(origin: string): Promise<boolean> {
    await new Promise((resolve) => setTimeout(resolve, TELLING_MS));
    const at = this.refused.findIndex((address) => address.startsWith(origin));
    if (at >= 0) this.refused.splice(at, 1);
    return at >= 0;
  }

  async cancel(id: number): Promise<void> {
    this.running.get(id)?.abort();
  }
}
