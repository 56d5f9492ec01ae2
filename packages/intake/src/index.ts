export { type Assignment, type Intake, type IntakeOptions, intake } from './intake.ts';
export { checkIntake, INTAKE_FIELDS, type IntakeSettings } from './settings.ts';
