import { report } from './errors.ts';
import { endOnClosedPipe } from './output.ts';
import { createProgram } from './program.ts';

endOnClosedPipe();
try {
  await createProgram().parseAsync();
} catch (error) {
  process.exitCode = report(error);
}
