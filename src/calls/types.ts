import type { ParserServicesWithTypeInformation } from '@typescript-eslint/utils';
import type { Type, Symbol as TypeScriptSymbol } from 'typescript';

import { allPreconditions } from '../s3/operations.js';
import type { Node, SourceCode } from './syntax.js';

/**
 * What the type checker knows, where a host runs one. Types take doubt away: they may prove a condition absent, and say
 * what a client is. Every answer here is "no" or empty without a program, and nothing throws for the lack of one.
 */

function servicesOf(sourceCode: SourceCode): ParserServicesWithTypeInformation | null {
  const services = sourceCode.parserServices;
  return services?.program && 'getTypeAtLocation' in services ? (services as ParserServicesWithTypeInformation) : null;
}

const typeAt = (node: Node, sourceCode: SourceCode): Type | null => {
  const services = servicesOf(sourceCode);
  return services && services.esTreeNodeToTSNodeMap.has(node) ? services.getTypeAtLocation(node) : null;
};

/**
 * @param node an object that could not be read
 * @param sourceCode its file
 * @returns whether its type proves that it holds no condition
 */
export function typeLacks(node: Node, sourceCode: SourceCode): boolean {
  const type = typeAt(node, sourceCode);
  if (!type) return false;
  const parts = type.isUnion() ? type.types : [type];
  return parts.every((part) => {
    const properties = part.getProperties();
    return (
      properties.length > 0 &&
      !part.getStringIndexType() &&
      [...allPreconditions].every((name) => !part.getProperty(name)) &&
      !/^(?:any|unknown|object|\{\})$/.test(servicesOf(sourceCode)?.program.getTypeChecker().typeToString(part) ?? 'any')
    );
  });
}

const packages = /node_modules\/((?:@aws-sdk\/client-s3|aws-sdk|minio))\//;

/**
 * @param node a client
 * @param sourceCode its file
 * @returns the package and the class that its type was declared in, such as `@aws-sdk/client-s3` and `S3`
 */
export function declaredClass(node: Node, sourceCode: SourceCode): { module: string; name: string } | null {
  const type = typeAt(node, sourceCode);
  const symbol: TypeScriptSymbol | undefined = type?.getNonNullableType().getSymbol();
  const file = symbol?.declarations?.[0]?.getSourceFile().fileName;
  const module = file === undefined ? undefined : packages.exec(file)?.[1];
  return module !== undefined && symbol ? { module, name: symbol.name } : null;
}
