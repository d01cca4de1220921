import { help, type Invitation } from '../simd/helper';

addEventListener('message', ({ data }: MessageEvent<Invitation>) => help(data));
