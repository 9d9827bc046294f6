import { declareRealLeaks } from './declare-real-leaks.js';

declareRealLeaks('26');
