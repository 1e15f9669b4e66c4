import './zodWithoutEval.ts';
import './theme/base.css';
import { giveHeadStart } from './headStart.ts';
import { routes } from './routes.ts';

// The first script of every page is small, so that what it asks for is under way while the large ones are read.
giveHeadStart(routes, window.location);
void import('./page.tsx').then(({ startPage }) => startPage());
