import { report } from './errors.ts';
import { endOnClosedPipe } from './output.ts';
import { createProgram } from './program.ts';

endOnClosedPipe();
try {
  await (await createProgram(process.argv[2])).parseAsync();
} catch (error) {
  process.exitCode = report(error);
}
