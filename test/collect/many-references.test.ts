import { expect, test } from 'vitest';
import { HeapBuilder } from '../support/heap-builder.js';
import { answer } from './answer.js';

