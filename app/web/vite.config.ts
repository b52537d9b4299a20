import { readFileSync, readdirSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { brotliCompressSync, gzipSync } from 'node:zlib'
import react from '@vitejs/plugin-react'
import type { Plugin } from 'vite'
import { defineConfig } from 'vitest/config'

/** Writes each text asset compressed beside itself: the server only picks one. */
function compressed(): Plugin {
  let folder = ''
  return {
    name: 'compressed',
    apply: 'build',
    configResolved({ root, build }) {
      folder = resolve(root, build.outDir, 'assets')
    },
    closeBundle() {
      for (const name of readdirSync(folder)) {
        if (!/\.(js|css|svg)$/.test(name)) continue
        const text = readFileSync(join(folder, name))
        writeFileSync(join(folder, `${name}.gz`), gzipSync(text, { level: 9 }))
        writeFileSync(join(folder, `${name}.br`), brotliCompressSync(text))
      }
    },
  }
}

/** Keeps the empty file by which the folder exists where nothing was built. */
function kept(): Plugin {
  return { name: 'kept', apply: 'build', closeBundle: () => writeFileSync(join(import.meta.dirname, 'dist/.gitkeep'), '') }
}

export default defineConfig({
  plugins: [react(), compressed(), kept()],
  html: { cspNonce: '__CSP_NONCE__' },
  resolve: { alias: { '@': join(import.meta.dirname, 'src') } },
  build: { target: 'chrome109', assetsInlineLimit: 0, modulePreload: { polyfill: false }, reportCompressedSize: false, manifest: true },
  server: {
    host: '127.0.0.1',
    port: 5173,
    strictPort: true,
    proxy: Object.fromEntries(
      ['/api', '/icon.svg', '/healthz', '/readyz'].map((path) => [path, process.env.STEELYARD_SERVER ?? 'http://127.0.0.1:8080']),
    ),
  },
  test: { environment: 'happy-dom', include: ['src/**/*.test.{ts,tsx}'], setupFiles: ['src/lib/test/setup.ts'] },
})
