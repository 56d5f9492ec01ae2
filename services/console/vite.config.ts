import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { brotliCompressSync, gzipSync } from 'node:zlib';
import react from '@vitejs/plugin-react';
import { defineConfig, type Plugin } from 'vite';

/** Each file once more as it goes over the line: it is compressed once, and not for each who asks. */
const compressed: Plugin = {
  name: 'compressed',
  writeBundle({ dir }, bundle) {
    for (const fileName of Object.keys(bundle)) {
      if (!/\.(js|css|svg)$/.test(fileName)) continue;
      const file = join(dir!, fileName);
      const source = readFileSync(file);
      writeFileSync(`${file}.br`, brotliCompressSync(source));
      writeFileSync(`${file}.gz`, gzipSync(source));
    }
  },
};

export default defineConfig({
  base: '/console/',
  plugins: [react(), compressed],
  // A picture within the page would be of a source that the page's policy does not allow.
  build: { assetsInlineLimit: 0, modulePreload: { polyfill: false } },
});
