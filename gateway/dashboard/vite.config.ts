import {fileURLToPath, URL} from 'node:url';
import VueI18nPlugin from '@intlify/unplugin-vue-i18n/vite';
import vue from '@vitejs/plugin-vue';
import {defineConfig} from 'vitest/config';

const gateway = process.env.ZHENHUI_GATEWAY ?? 'http://127.0.0.1:7461';
const root = fileURLToPath(new URL('.', import.meta.url));

export default defineConfig({
  plugins: [
    vue(),
    // Messages are compiled while building: the content security policy allows no eval in the browser.
    VueI18nPlugin({include: [`${root}src/i18n/*/*.json`], runtimeOnly: true, compositionOnly: true}),
  ],
  resolve: {alias: {'@': `${root}src`}},
  build: {
    outDir: process.env.ZHENHUI_DASHBOARD_OUT ?? 'dist',
    emptyOutDir: true,
    target: 'es2022',
    assetsInlineLimit: 0, // a data: URL would need a wider content security policy
    modulePreload: {polyfill: false},
    chunkSizeWarningLimit: 700, // ECharts, in a chunk of its own
    rollupOptions: {output: {manualChunks: {echarts: ['echarts/core'], vue: ['vue', 'vue-router', 'vue-i18n']}}},
  },
  server: {
    host: '127.0.0.1',
    proxy: {'/v1': gateway, '/session': gateway, '/openapi.json': gateway},
  },
  test: {
    environment: 'jsdom',
    include: ['src/**/*.test.ts'],
    setupFiles: ['src/testing/setup.ts'],
    restoreMocks: true,
  },
});
