// How an app begins: the styles of both, then its own parts.
import '@/styles/tokens.css'
import 'element-plus/es/components/base/style/css'
import '@/styles/base.css'
import '@/styles/table.css'
import '@/styles/element.css'

import { createPinia } from 'pinia'
import { type Component, createApp } from 'vue'
import type { Router } from 'vue-router'

import { hearKeys } from '@/keys/keys'
import { type Language, speak, texts } from '@/texts/texts'

/** Mounts the app in the language spoken last. */
export function start(app: Component, router: Router): void {
  speak(texts.global.locale.value as Language)
  hearKeys()
  createApp(app).use(createPinia()).use(texts).use(router).mount('#app')
}
