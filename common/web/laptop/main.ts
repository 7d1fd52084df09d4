// The laptop's page: mounts the app, nothing else. The token leaves the address before the router
// reads it.
import './agent/token'

import '@/styles/tokens.css'
import 'element-plus/es/components/base/style/css'
import '@/styles/base.css'
import '@/styles/table.css'
import '@/styles/element.css'
import './narrow.css'

import { createPinia } from 'pinia'
import { createApp } from 'vue'

import { hearPresence } from '@/api/presence'
import { hearKeys } from '@/keys/keys'
import { speak, texts, type Language } from '@/texts/texts'

import App from './App.vue'
import { router } from './router'
import en from './texts/en'
import zh from './texts/zh-CN'

texts.global.mergeLocaleMessage('zh-CN', zh)
texts.global.mergeLocaleMessage('en', en)
speak(texts.global.locale.value as Language)
hearKeys()
hearPresence()
createApp(App).use(createPinia()).use(texts).use(router).mount('#app')
