// The office's console: mounts the app, nothing else.
import '@/styles/tokens.css'
import 'element-plus/es/components/base/style/css'
import '@/styles/base.css'
import '@/styles/table.css'
import '@/styles/element.css'

import { createPinia } from 'pinia'
import { createApp } from 'vue'

import { hearKeys } from '@/keys/keys'
import { speak, texts, type Language } from '@/texts/texts'

import App from './App.vue'
import { router } from './router'

speak(texts.global.locale.value as Language)
hearKeys()
createApp(App).use(createPinia()).use(texts).use(router).mount('#app')
