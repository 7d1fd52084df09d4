// The addresses both apps have, beside an app's own.
import { createRouter, createWebHistory, type RouteRecordRaw } from 'vue-router'

export const routerWith = (own: RouteRecordRaw[]) =>
  createRouter({
    history: createWebHistory(),
    routes: [
      ...own,
      { path: '/kinds/:word/:id/card', name: 'card', component: () => import('./CardPage.vue'), props: true },
      { path: '/kinds', name: 'kinds', component: () => import('./KindIndex.vue') },
      { path: '/import', name: 'import', component: () => import('./ImportPage.vue') },
      { path: '/:rest(.*)*', name: 'nowhere', component: () => import('./NowherePage.vue') },
    ],
  })
