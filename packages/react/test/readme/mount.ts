import { mountSignIn } from '@willcall/react/mount';
import '@willcall/react/styles.css';

const place = document.querySelector('#sign-in');
if (place) mountSignIn(place, { apiUrl: '/__clerk', fallbackRedirectUrl: '/desk' });
