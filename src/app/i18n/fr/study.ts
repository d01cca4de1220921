export { study } from '../en/study';
