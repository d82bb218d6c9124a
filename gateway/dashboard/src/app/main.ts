// Where the dashboard starts.
import {createApp} from 'vue';
import App from '@/app/App.vue';
import {i18n, setLocale, type Locale} from '@/app/i18n';
import {makeRouter} from '@/app/router';
import '@/design/tokens.css';
import '@/design/base.css';
import '@/design/print.css';

setLocale(i18n.global.locale.value as Locale);
createApp(App).use(i18n).use(makeRouter()).mount('#app');
