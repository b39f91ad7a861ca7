/** What other programs use. */
export { Cloudtrailer, type CloudtrailerArgs } from "./cloudtrailer";
