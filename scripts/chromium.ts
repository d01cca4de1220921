import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { chromium } from 'playwright';

const PLACES = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome-stable',
  '/usr/bin/google-chrome',
  '/snap/bin/chromium',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
  'C:\\Program Files (x86)\\Google\\Chrome\\Application\\chrome.exe',
];

const QUIET = [
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/** Chromium's own software adapter, so that WGSL runs on machines without a GPU too. */
const SOFTWARE_WEBGPU = [
  '--enable-unsafe-webgpu',
  '--use-webgpu-adapter=swiftshader',
  '--enable-unsafe-swiftshader',
  '--disable-gpu-watchdog',
];

const HARDWARE_WEBGPU = ['--enable-unsafe-webgpu', '--enable-features=Vulkan', '--ignore-gpu-blocklist'];

/** TESSERA_GPU=hardware lets tests and the command use the machine's GPU; the default is the software adapter. */
export function chromiumArgs(gpu = process.env['TESSERA_GPU'] ?? 'software'): string[] {
  const sandbox = process.getuid?.() === 0 ? ['--no-sandbox'] : [];
  return [...sandbox, ...QUIET, ...(gpu === 'hardware' ? HARDWARE_WEBGPU : SOFTWARE_WEBGPU)];
}

/** The path of a Chromium or Chrome on this machine, or null. CHROMIUM_PATH wins. */
export function findChromium(): string | null {
  const asked = process.env['CHROMIUM_PATH'];
  if (asked) return existsSync(asked) ? asked : null;
  const own = chromium.executablePath();
  return PLACES.find((path) => existsSync(path)) ?? (own && existsSync(own) ? own : null);
}

/** Finds Chromium, or installs it (Playwright's build, then the system's package); throws a sentence saying what to do. */
export function ensureChromium(): string {
  const found = findChromium();
  if (found) return found;
  const attempts: [string, string[]][] = [
    ['npx', ['playwright', 'install', 'chromium']],
    ['apt-get', ['update']],
    ['apt-get', ['install', '-y', 'chromium']],
  ];
  for (const [command, args] of attempts) {
    if (command === 'apt-get' && process.getuid?.() !== 0) continue;
    console.log(`Chromium not found; trying: ${command} ${args.join(' ')}`);
    try {
      execFileSync(command, args, { stdio: 'inherit', timeout: 10 * 60_000 });
    } catch {
      continue;
    }
    const installed = findChromium();
    if (installed) return installed;
  }
  throw new Error(
    'No Chromium or Chrome was found and none could be installed. Install Google Chrome or Chromium ' +
      '(Debian, Ubuntu: "sudo apt-get install chromium"), or set CHROMIUM_PATH to its executable, and run this again.',
  );
}
