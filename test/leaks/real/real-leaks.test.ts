import { declareRealLeaks } from './declare-real-leaks.js';

declareRealLeaks('this one');
