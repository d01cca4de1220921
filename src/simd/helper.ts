import { ACTIVE, FAILED, JOB, KERNEL, LEAVE, TICKET, controlOf, takePart } from './control';
import { KERNELS, instantiate } from './module';

/** What a helper is told: work on this memory until it is to leave it. */
export interface Invitation {
  module: WebAssembly.Module;
  memory: WebAssembly.Memory;
  thread: number;
}

/** A helper's life on one memory: takes parts of every round, sleeps between rounds. Blocks its thread. */
export function help({ module, memory, thread }: Invitation): void {
  const kernels = instantiate(module, memory);
  const control = controlOf(memory);
  while (Atomics.load(control, LEAVE) === 0) {
    Atomics.add(control, ACTIVE, 1);
    let taken = takePart(control);
    while (taken.part >= 0) {
      try {
        kernels[KERNELS[Atomics.load(control, KERNEL)]](Atomics.load(control, JOB), taken.part, thread);
      } catch {
        Atomics.store(control, FAILED, 1);
      }
      taken = takePart(control);
    }
    Atomics.sub(control, ACTIVE, 1);
    Atomics.notify(control, ACTIVE);
    Atomics.wait(control, TICKET, taken.ticket);
  }
}
