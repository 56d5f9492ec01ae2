import type { Command } from 'commander';
import { EXIT } from '../errors.ts';
import { helpTail, print } from '../output.ts';

export function registryCommand(program: Command): void {
  const registry = program
    .command('registry')
    .summary('the registries of parties, levers, rollouts, components, codes and migrations');
  registry
    .command('check')
    .summary('say what is wrong with the files of a folder')
    .description(
      'Reads parties.yaml, levers.yaml, rollouts.yaml, components.yaml and codes.yaml, and migrations.yaml where it is there, as\n' +
        'the services do, and says every fault with its file, line and field. Without a folder the set that is shipped is\n' +
        'read, and its folder shown.',
    )
    .argument('[folder]', 'folder with the files')
    .option('--json', 'print one JSON object: folder, version, counts, faults')
    .addHelpText(
      'after',
      helpTail(
        { 'tocsin registry check ./registry': 'before REGISTRY=./registry' },
        { 0: 'sound', 1: 'faulty' },
      ),
    )
    .action(async (given: string | undefined, { json }: { json?: boolean }) => {
      const [{ loadRegistry, shippedRegistry }, { FileError }] = await Promise.all([
        import('@tocsin/registry'),
        import('@tocsin/runtime'),
      ]);
      const folder = given ?? shippedRegistry();
      try {
        const { version, files } = loadRegistry(folder, { shiftWeeks: 0 });
        const counts = Object.fromEntries(Object.entries(files).map(([name, list]) => [name, list.length]));
        const shown = Object.entries(counts).map(([name, count]) => `${count} ${name}`);
        const found = { folder, version, counts, faults: [] };
        await print(
          json ? `${JSON.stringify(found)}\n` : `${folder}: ${shown.join(', ')}; version ${version}\n`,
        );
      } catch (error) {
        if (!(error instanceof FileError)) throw error;
        const { faults } = error;
        await print(json ? `${JSON.stringify({ folder, faults })}\n` : `${faults.join('\n')}\n`);
        process.exitCode = EXIT.failed;
      }
    });
}
