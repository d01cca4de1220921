export { assign, lengths, measure } from './assign';
export { distanceSums } from './distance-sums';
export { knn } from './knn';
export { nearest } from './nearest';
export { centrePanels, project, scatter } from './products';
export { seed } from './seed';
export { update } from './update';
