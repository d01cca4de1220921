/** The descriptor of a new project. */
export { defaultSpec } from '../models/catalogue';
