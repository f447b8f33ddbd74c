// A real browser without a window: Debian's Chromium, which talks to nobody but the page it is given.
import { chromium, type Browser } from 'playwright-core';

const silent = [
  ...['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run'],
  ...['--disable-background-networking', '--disable-component-update', '--disable-sync'],
];

/** Starts it. Close it in the end. */
export function startBrowser(): Promise<Browser> {
  return chromium.launch({ executablePath: '/usr/bin/chromium', args: silent });
}
