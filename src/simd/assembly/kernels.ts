export { assign } from './assign';
export { distanceSums } from './distance-sums';
export { encodeRows, lengths } from './lengths';
export { knn } from './knn';
export { measure } from './measure';
export { nearest } from './nearest';
export { centrePanels, project, scatter } from './products';
export { seed } from './seed';
export { update } from './update';
