import type { Incoming } from '../../state/sort-drop';

/** What the form of each kind is given. */
export interface IncomingForm {
  incoming: Incoming;
  /** The file is in. */
  ondone: () => void;
  /** It is not wanted. */
  oncancel: () => void;
}
