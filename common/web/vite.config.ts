// One project, two apps: APP names the folder whose index.html is built into build/APP.
import vue from '@vitejs/plugin-vue'
import { ElementPlusResolver } from 'unplugin-vue-components/resolvers'
import components from 'unplugin-vue-components/vite'
import { fileURLToPath } from 'node:url'
import { defineConfig } from 'vitest/config'

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url))
const app = process.env.APP ?? 'office'
/** Where the running program is while developing. */
const target =
  app === 'laptop'
    ? (process.env.DOSSIER_LAPTOP ?? 'http://127.0.0.1:7480')
    : (process.env.DOSSIER_OFFICE ?? 'http://127.0.0.1:8787')

export default defineConfig({
  root: here(`./${app}`),
  resolve: { alias: { '@': here('./shared'), '@office': here('./office'), '@laptop': here('./laptop') } },
  plugins: [vue(), components({ dirs: [], dts: false, resolvers: [ElementPlusResolver()] })],
  define: {
    __VUE_I18N_FULL_INSTALL__: false,
    __VUE_I18N_LEGACY_API__: false,
    __INTLIFY_PROD_DEVTOOLS__: false,
    __VUE_OPTIONS_API__: true,
  },
  build: {
    outDir: here(`./build/${app}`),
    emptyOutDir: true,
    sourcemap: false,
    assetsInlineLimit: 0, // a data: style sheet or script would need a wider policy
    modulePreload: { polyfill: false },
    chunkSizeWarningLimit: 900,
    rollupOptions: {
      output: {
        manualChunks: (id) => (/node_modules\/(echarts|zrender)\//.test(id) ? 'charts' : undefined),
      },
    },
  },
  server: { proxy: { '/api': { target, changeOrigin: true, headers: { origin: target } } } },
  test: { root: here('.'), include: ['test/**/*.test.ts'] },
})
