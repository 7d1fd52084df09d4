// The laptop's page: mounts the app, nothing else. The token leaves the address before the router
// reads it.
import './agent/token'

import { start } from '@/shell/start'

import './narrow.css'

import { hearPresence } from '@/api/presence'
import { texts } from '@/texts/texts'

import App from './App.vue'
import { router } from './router'
import en from './texts/en'
import zh from './texts/zh-CN'

texts.global.mergeLocaleMessage('zh-CN', zh)
texts.global.mergeLocaleMessage('en', en)
hearPresence()
start(App, router)
